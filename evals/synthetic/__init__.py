"""Collections of reports whose truth is known because they were made from it.

Everything here is invented and synthetic: the countries, groups, persons and outlets, what
happened, who said what about it, and the reports. A figure on such a collection says how well
accounts are laid side by side where the reading of the texts is comparatively easy; it says
nothing about real news. What is measured on real news stands in the other cases.

    python -m evals.synthetic FOLDER --documents 300 --seed 7 --phrasing seen
"""
