using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Fleet.Sdk.Aws;

/// <summary>Makes a service's exception of an error answer.</summary>
internal delegate AmazonServiceException ErrorFactory(ErrorResponse error, Exception innerException, HttpStatusCode statusCode);
