/**
 * Runs one PostgreSQL server and ends it with the process that started this shell, however that one ends:
 * standard input is a pipe which only the parent holds open, so its end is the parent's.
 * Arguments: the server's folder, "keep" or "remove", initdb's options as one word, then postgres's options.
 */
export const guardianScript = `folder=$1 afterwards=$2 initdb_options=$3
shift 3
exec 3<&0 </dev/null
umask 077

if [ "$afterwards" = remove ]; then
  mkdir "$folder" || exit 1
  trap 'cd / && rm -rf "$folder"' EXIT
fi
cd "$folder" || exit 1

# The parent says where the binaries are once it has put them in their place.
echo 'folder is ready' >&2
IFS= read -r binaries <&3 || exit 0

if [ ! -d data ]; then
  # Under another name until it is whole, so that an interrupted initdb is not taken for a database.
  rm -rf data.new
  "$binaries/bin/initdb" --pgdata=data.new $initdb_options >/dev/null || exit 1
  rm -f new-password
  mv data.new data
fi

"$binaries/bin/postgres" -D "$folder/data" "$@" 3<&- &
server=$!
# Fast shutdown for what is kept; what is removed anyway need not be written first.
if [ "$afterwards" = keep ]; then signal=INT; else signal=QUIT; fi
{
  read -r _ <&3
  kill -s "$signal" "$server"
} &
watcher=$!
wait "$server"
status=$?
kill -s KILL "$watcher" 2>/dev/null
exit "$status"
`;
