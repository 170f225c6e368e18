"""How fast Houndsight is and how well it learns, held against peers in one run.

python -m benchmarks            all parts, some ten minutes
python -m benchmarks diary      one of them: inside, bulk, dialect, chains, diary, outside
python -m benchmarks --quick    fewer repetitions, smaller batches and diaries
"""
