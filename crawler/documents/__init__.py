"""What a document says, as blocks in printed order: HTML, PDF, Word and plain text. Bytes in, blocks out."""
