"""What a forge runs for a pull request and for a tag; each step runs on any machine too."""
