"""Pages of cases: recording, browsing, moving on, evidence, reporter."""
