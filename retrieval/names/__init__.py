"""The names that an index knows (subjects, people, bodies), and how a question is read against them."""
