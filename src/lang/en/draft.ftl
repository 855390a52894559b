# Why a book cannot be drafted.

draft-id = “{ $id }” cannot be a book's id: lower-case letters, digits and underscores only, a letter first
draft-taken = There is a book { $id } already ({ $path }), which is not overwritten: give another --id, or move that file away
draft-bare = { $path } is no workspace and has no profile folder: make one with wuzhang init first
draft-no-table = No table was found in { $file }: { $why }
draft-io = { $path } cannot be written: { $source }. Check permissions and disk space
