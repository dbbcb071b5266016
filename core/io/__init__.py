"""Reading and writing: documents as JSON, weights, examples, exports."""
