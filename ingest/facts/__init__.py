"""Facts: typed values that the register holds, found by rule with their exact spans."""
