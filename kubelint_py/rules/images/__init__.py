"""Rules about where container images come from and what names them."""
