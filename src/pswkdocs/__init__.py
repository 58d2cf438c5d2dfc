"""pswkdocs: plans, priorities, enablers and charters from YAML to an accessible website, Word, ODT and PDF.

`pswkdocs.pipeline.build()` tells the whole story.
"""
