#!/bin/sh
# Finds the pull request of a commit, and puts the comment on it.
set -eu
number=$(gh api "repos/$GITHUB_REPOSITORY/commits/$HEAD_SHA/pulls" \
    --jq "[.[] | select(.state == \"open\" and .head.sha == \"$HEAD_SHA\")][0].number // empty")
if [ -z "$number" ]; then
    echo "No open pull request has $HEAD_SHA at its head."
    exit 0
fi
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
python3 -m forge.comment "$number" build/review
