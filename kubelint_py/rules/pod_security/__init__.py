"""Pod Security Standards, and hardening beyond them."""
