# wuzhang send and wuzhang remind: the plan, and what came of sending it.

send-kept = The password of { $user } is in the system's keyring; the variable { $variable } need not be set any longer.
send-waiting = { $why }. Another attempt in { $seconds } s, { $letters } left
send-letter = [{ $done }/{ $all }] { $whom } ({ $address }): { $outcome }
send-sent = sent ({ $answer })
send-before = was sent on { $at }, not sent again
send-refused = refused: { $answer }
send-not-sent = not sent: { $why }
send-unknown = sent, nobody knows whether it arrived: { $why }
send-unknown-before = sent on { $at }, nobody knows whether it arrived; not sent again
send-title = { $period }, { $plan }: { $count ->
        [one] 1 mail
       *[other] { $count } mails
    }
send-to-send = { $count } to be sent, { $before } sent before
send-count-sent = { $count } sent
send-count-before = { $count } sent before
send-count-refused = { $count } refused
send-count-not-sent = { $count } not sent
send-count-unknown = { $count } of which nobody knows whether they arrived
send-unsettled = To be looked at:
send-unsettled-of = { $whom } ({ $address }): { $what }
send-ask = { $whom } ({ $address }): { $what }; ask whether it came, and send it again with --resend { $digest } if not
send-not-today = { $whom } ({ $address }): { $what }; not reminded again today
send-left-out = Not sent:
send-left-out-of = { $whom }: { $what }. { $advice }
send-torn = Line { $line } of the record of sent mail cannot be understood (power cut while it was written, perhaps) and was passed over.
send-folder = Plan and mails are in { $folder }
send-stale = plan.xlsx could not be renewed (is it open?): it shows how things stood before sending.
send-stopped =
    Not all were sent: { $why }.
    Mend it and run again; what was sent is not sent twice.
send-confirm = Nothing has been sent. Look through the plan, then send with --confirm.
