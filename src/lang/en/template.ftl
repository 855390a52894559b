# What is wrong with the office's templates.
template-fault-at = { $file } line { $line }: { $fault }
template-fault = { $file }: { $fault }
template-faults = { $count ->
        [one] A template has a fault
       *[other] Templates have { $count } faults
    }; mend and run again (move the file out of profile, and the built-in template is used):
template-detail = {" "}({ $detail })
template-no-data = { $written } there is no such data: take a name that the head of the built-in template lists
template-syntax = not as templates are written{ $detail }: check that {"{{ }}"} and {"{% %}"} match, and that if and for have their endif and endfor
template-no-filter = { $written } uses a filter that there is not{ $detail }: check the name behind “|”
template-no-function = { $written } uses a function that there is not{ $detail }: check the name
template-no-template = there is no such template to include{ $detail }: only templates of the built-in names can be
template-arguments = { $written } has the wrong number of arguments{ $detail }: compare with the built-in template
template-wrong = { $written } cannot be used like that{ $detail }: compare with the built-in template
template-missing = there is no data “{ $name }”: take a name that there is
template-missing-known = there is no data “{ $name }”: take a name that there is ({ $known })
template-folder = this folder cannot be read: { $error }. Check permissions
template-encoding = it is no text in UTF-8: open it in an editor and save it as UTF-8
template-unread = it cannot be read: { $error }. Check permissions
template-unknown = there is no template “{ $name }”, so it does nothing here: there are { $known }; rename it or move it away
