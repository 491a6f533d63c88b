"""Text and YAML with positions. Nothing in here knows Kubernetes."""
