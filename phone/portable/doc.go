// Package portable reads and writes what others keep in files: contacts as vCard (2.1, 3.0, 4.0) and as CSV, the
// blacklist as CSV. It is pure: bytes in, values out, one at a time, so that a file may be of any size.
//
// What is broken in a file is told to a skip function, with the line where it begins, and does not stop the rest.
// An error of an add function does, and is returned as it is. A file that holds nothing of the kind fails with
// CodeInvalid, one that cannot be read or written with CodeStorage. Any goroutine may call the functions.
//
// vCards are parsed here, since no library keeps what is needed: the order of numbers and addresses among each
// other, which ; was escaped, the line, and version 2.1.
package portable
