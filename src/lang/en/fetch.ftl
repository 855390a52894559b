# Why mail cannot be fetched.

fetch-no-server = wuzhang.toml names no server to fetch from: write server and user under [mail.imap] (port, security, folder, ca_file where needed)
fetch-certificates = ca_file { $path } cannot be used: { $fault }. It should be a certificate file in PEM form
fetch-unreachable = The mail server { $server }:{ $port } cannot be reached ({ $fault }): check the network, and server and port under [mail.imap]
fetch-tls = No encrypted connection with the mail server { $server }: { $fault }
fetch-login = The mail server refuses the account { $user } ({ $said }): check user and password; NetEase, QQ and the like want IMAP switched on in their web page and an authorisation code for a password
fetch-step-greeting = waiting for the server
fetch-step-encrypting = going over to encryption
fetch-step-logging-in = logging in
fetch-step-introducing = asking what the server can do
fetch-step-opening = opening the mail folder
fetch-step-searching = looking for mails
fetch-step-listing = reading the list of mails
fetch-step-reading = reading a mail
fetch-refused = The server refused ({ $step }): { $said }
fetch-cut = The line was cut while { $step }
fetch-silent = The server gave no answer for { $seconds } seconds while { $step }
fetch-nonsense = The server answered what is no IMAP while { $step }: { $said }
fetch-no-folder = The mailbox has no folder “{ $folder }”: change folder under [mail.imap]
fetch-no-folder-known = The mailbox has no folder “{ $folder }”; it has { $known }: change folder under [mail.imap]
fetch-stopped-empty = { $stop }. No mail was fetched yet and the mailbox was not touched; run again later
fetch-stopped = { $stop }. { $taken } mails were fetched and are whole, the mailbox was not touched; run again and it goes on from there, fetching nothing twice
fetch-io = { $action } { $path } failed: { $source }. Check permissions and disk space; mails that were fetched are whole, run again and it goes on from there
fetch-no-day = “{ $text }” is no date; write it like 2026-10-25
fetch-done = Mails received from { $from } to { $to }: { $taken } new{ $already ->
        [0] {""}
       *[other] , { $already } fetched before
    }{ $removed ->
        [0] {""}
       *[other] , { $removed } fetched before and moved out of the inbox
    }{ $left ->
        [0] {""}
       *[other] , { $left } left
    }
fetch-taken = Fetched to { $inbox }:
fetch-taken-of = { $file }  { $sender } “{ $subject }”: { $attachments }
fetch-left = Mails that were left:
fetch-left-of = { $day } { $sender } “{ $subject }”: { $why }
fetch-no-date = no date
fetch-unsaid = (does not say)
fetch-again = To fetch mails again that were moved away, add --again.
fetch-why-no-files = nothing is attached
fetch-why-link-only = nothing is attached, and the text links to a large file kept by the mail service: open the mail, download it, put it into the inbox
fetch-why-no-table = the sender is not in the roster, and no table is attached
fetch-why-bounce = a mail that came back: open it to see why, and check the unit's address
fetch-why-own = we sent it ourselves
fetch-why-too-large = too large ({ $megabytes } MB), left: download its files by web mail, or raise max_bytes under [mail.imap]
fetch-why-unreadable = cannot be understood as a mail: open it by web mail and put its files into the inbox
fetch-why-gone = taken out of the mailbox while we read
