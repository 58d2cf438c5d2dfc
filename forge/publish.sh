#!/bin/sh
# Publishes the version that a tag names: `sh forge/publish.sh 2026-11`. What the tag says is the public note.
set -eu
tag=${1:?name the tag, as in: sh forge/publish.sh 2026-11}
main=${MAIN:-main}

if [ "$(git for-each-ref --format='%(objecttype)' "refs/tags/$tag")" != tag ]; then
    echo "The tag $tag says nothing. Make one that does: git tag -a $tag -m 'What readers find changed.'" >&2
    exit 1
fi
if [ "$(git rev-parse HEAD)" != "$(git rev-parse "$tag^{commit}")" ]; then
    echo "What lies here is not what $tag names: git checkout $tag" >&2
    exit 1
fi
git fetch --quiet origin "+refs/heads/$main:refs/remotes/origin/$main"
if ! git merge-base --is-ancestor HEAD "origin/$main"; then
    echo "$tag is not part of $main: what nobody has reviewed is not published. Merge it first." >&2
    exit 1
fi
git fetch --quiet origin '+refs/heads/gh-pages:refs/remotes/origin/gh-pages' || true # none before the first version
note=$(git for-each-ref --format='%(contents:subject)' "refs/tags/$tag")
"${PSWKDOCS:-.venv/bin/pswkdocs}" publish "$tag" --note "$note"
git push --quiet origin gh-pages
