"""Rules about roles, bindings and the permissions they give."""
