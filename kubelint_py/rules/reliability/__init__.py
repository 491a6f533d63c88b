"""Rules about workloads that stay available."""
