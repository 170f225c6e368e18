"""How fast Houndsight is, held against two libraries for exact inference in one run.

python -m benchmarks            all jobs, some minutes
python -m benchmarks --quick    fewer repetitions, a smaller batch
"""
