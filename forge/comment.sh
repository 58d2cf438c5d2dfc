#!/bin/sh
# Finds the pull request of a branch that stands at a commit, also one of a fork, and puts the comment on it.
set -eu
number=$(gh api --method GET "repos/$GITHUB_REPOSITORY/pulls" -f state=open -f head="$HEAD" \
    --jq "[.[] | select(.head.sha == \"$HEAD_SHA\")][0].number // empty")
if [ -z "$number" ]; then
    echo "No open pull request has $HEAD_SHA at its head."
    exit 0
fi
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
python3 -m forge.comment "$number" build/review
