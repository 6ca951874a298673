"""The mirror: the public record as files that open from a disk, with its data and a program that checks it.

`build_mirror OUT` writes

    OUT/site/                       the copy; a web server with this folder alone is a public node
        index.html                  the choice of language
        {lang}/…/index.html         every page of the current state; what a query changes stands beside it
        {lang}/search/index.html    search, and the same as a list
        search/{lang}.js            what is searched
        static/                     what pages need
        record/chain.json           headers, signatures, key documents, tombstones
        record/releases/000001.json what a release added: roots, entries, documents, sealed parts
        manifest.json               every other file with size and SHA-256; manifest.signatures.json signs it
        verify.py                   checks all of this with Python alone
    OUT/laws/{law}.zip              one law, which verifies alone; served as {lang}/laws/{law}/offline.zip
    OUT/mirror.zip, mirror.zip.sha256   the whole copy
    OUT/state.json, build.lock      what each page was made of, for the next build; no part of the copy

Pages are those of the current state. Earlier states are in the copy as data, every document of every release, so
that they verify; their pages are at home. A page names the release in which the newest of its documents was published:
so it stays the same file until one of them changes.
"""
