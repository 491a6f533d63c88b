"""Rules about credentials in manifests."""
