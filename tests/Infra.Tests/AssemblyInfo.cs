// One collection: the Pulumi SDK runs one program at a time, and reads its configuration from the environment.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
