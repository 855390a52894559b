//! The bulletin of small and odd months.
