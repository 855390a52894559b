//! Deliver: what a run made reaches the people it is for, each with only what it should see, once.
