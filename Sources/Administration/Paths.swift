/// The paths of the port.
enum Paths {}
