"""From a question to an answer with its citations.

pipeline        the way an answer goes, from first to last
  readable      the documents that the asker may search; what they teach is `knowledge`
  courtesy, decline, parts      what is no question, or more than one
  question      what is asked: `names`, `references`, `wants`
  conversation, followup, pointing      what a question leaves to the turns before it
  searching     the search for one question made whole
    scope       the documents that it is about
    context, evidence      their sentences, scored against it
    strategies  what to try in turn: `yes_no`, `values`, `passages`, `aggregate`, `compare`, `change` and the others
    apart       one thing asked of several subjects: of each alone, side by side, and which comes first
  nothing, misspelt     what is said when no document says it, or a name was typed amiss
  draft, compose        an answer before and after it is put in words
  checked, verify       every word of it against the documents
"""
