"""Rules that harden containers and pods beyond the Pod Security Standards."""
