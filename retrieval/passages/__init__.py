"""Reading: the sentences that answer when no single fact does, and lists with all their items."""
