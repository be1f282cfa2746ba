"""One actor under many names, across documents.

    Entity ──profiles.profile──▶ ActorProfile
    ActorProfile ──blocking.blocking_keys──▶ keys: profiles that share one are worth a look
    a pair ──comparing.compare──▶ Comparison          same, different or unsure, with reasons
    profiles, comparisons, judgements ──joining.join──▶ Joined    groups and who stands for each

All of it is a view: entities keep their ids, and nothing that was found is changed.
"""
