//! Template: the wording of bulletins and mails, which an office may change without the program.
