"""The bundled sample: a fictional county council in true ModernGov form, for the demo, the tests and the benchmarks."""
