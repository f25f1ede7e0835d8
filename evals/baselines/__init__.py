"""What simpler pipelines reach on the same cases, scored by the same scorers: the figures' scale."""
