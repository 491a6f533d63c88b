"""Rules about objects that refer to others."""
