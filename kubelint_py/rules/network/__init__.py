"""Rules about the isolation of pods from each other and from the network."""
