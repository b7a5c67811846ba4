"""The concepts of the domain, without pixels, files or widgets; standard library and msgspec only. ARCHITECTURE.md has the glossary."""
