# shellcheck shell=sh
# Puts files below a prefix, and takes them away again: a part of install.sh, and of scripts/install.
# PREFIX/share/actorpush/installed names what was put there, a path a line; a directory that was made ends with "/".

fail() {
  echo "${program:?}: $*" >&2
  exit 1
}

# Whether DIR can be written, or made.
is_writable() {
  directory=$1
  while [ ! -e "$directory" ]; do directory=$(dirname "$directory"); done
  [ -d "$directory" ] && [ -w "$directory" ]
}

# Ends where PREFIX cannot be written.
check_prefix() {
  for directory in "$1/bin" "$1/share"; do
    is_writable "$directory" ||
      fail "$directory: no permission to write; choose another place with --prefix DIR, such as ~/.local"
  done
}

# Makes PREFIX/DIR with its parents, and writes down those that were not there.
make_directory() {
  if [ ! -d "$1/$2" ]; then
    case $2 in */*) make_directory "$1" "$(dirname "$2")" ;; esac
    mkdir -p "$1/$2"
    echo "$2/" >>"$1/share/actorpush/installed"
  fi
}

# Copies all files below TREE to below PREFIX.
place_tree() {
  made=
  for directory in share share/actorpush; do
    [ -d "$2/$directory" ] || made="$made$directory/
"
  done
  mkdir -p "$2/share/actorpush"
  printf %s "$made" >>"$2/share/actorpush/installed"
  (cd "$1" && find . -type f | sed 's|^\./||' | sort) | while IFS= read -r file; do
    make_directory "$2" "$(dirname "$file")"
    # Beside its place first, then renamed: a running program is not disturbed, and there is never half of one.
    cp "$1/$file" "$2/$file.new"
    mv -f "$2/$file.new" "$2/$file"
    echo "$file" >>"$2/share/actorpush/installed"
  done
  LC_ALL=C sort -u -o "$2/share/actorpush/installed" "$2/share/actorpush/installed"
}

# Removes what was put below PREFIX, and the directories that were made for it as far as they are empty.
remove_all() {
  record=$1/share/actorpush/installed
  [ -r "$record" ] || fail "$1: nothing is installed there (no $record)"
  check_prefix "$1"
  listed=$(LC_ALL=C sort -ru "$record")
  printf '%s\n' "$listed" | sed '/\/$/d' | while IFS= read -r file; do rm -f "$1/$file"; done
  # Only now: what could not be removed is still known.
  rm -f "$record"
  # The deepest first.
  printf '%s\n' "$listed" | sed -n '/\/$/p' | while IFS= read -r directory; do
    rmdir "$1/$directory" 2>/dev/null || true
  done
}
