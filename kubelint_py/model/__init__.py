"""Kubernetes knowledge as read-only views and engines over plain data."""
