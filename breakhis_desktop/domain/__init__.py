"""The concepts of the domain, without pixels, files or widgets; standard library only. ARCHITECTURE.md has the glossary."""
