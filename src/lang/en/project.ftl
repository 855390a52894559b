# wuzhang project: a project's whole life.

project-several = { $count } projects have “{ $wanted }” in their names; write the name in full, or the project's code:
project-several-of = { $name } ({ $unit }) { $code }
project-key = Identity { $key }
project-key-code = Identity { $key }  code { $code }
project-link = { $relation }: “{ $old }” → “{ $new }” ({ $document })
project-link-from = { $relation }: “{ $old }” → “{ $new }” ({ $document }, from { $from } on)
project-moment = { $period }  { $book }  { $unit }  { $file } › { $sheet } › row { $row }
project-decision = decision  { $decision }
project-reported = the unit reported { $value }
