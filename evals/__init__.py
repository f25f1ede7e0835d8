"""Cases, scores and the gate."""
