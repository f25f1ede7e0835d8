"""Value questions: a fact of the register, chosen by what is asked, with the words that qualify it."""
