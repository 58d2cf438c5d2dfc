"""pswkdocs: plans, priorities, enablers and charters from YAML to an accessible website, Word and PDF.

`pswkdocs.pipeline.build()` tells the whole story.
"""
