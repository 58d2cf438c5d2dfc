"""What is audited when `make audit` asks independent checkers, and the samples that show that they find faults."""
