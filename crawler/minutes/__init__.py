"""What minutes mean: blocks become numbered paragraphs, resolutions with clauses and votes, people and attendance."""
