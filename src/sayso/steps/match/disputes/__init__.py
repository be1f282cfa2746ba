"""Where the accounts part: claims about one thing side by side, and a verdict with its reasons.

    records of a document ──gathering.sides_of──▶ DisputeClaims           once a document
    DisputeClaim ──topics.topics──▶ Topics                               an index, coarse
    DisputeClaims of a topic ──topic_disputes.disputes──▶ Disputes       again when one is touched
    Readings ──whole.disputes_of──▶ Disputes                             all of a small collection
    DisputeClaims ──silence.silent──▶ Unanswered                         the accused without a word

Nothing here changes a claim: a dispute is a view, and is thrown away and made again.
"""
